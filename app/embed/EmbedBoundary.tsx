import { Component, type ReactNode } from 'react';
import { Refused } from './Refused.tsx';

interface EmbedBoundaryProps {
  warn: (name: string, message: string) => void;
  children: ReactNode;
}

/** Whatever breaks inside says so in words, in the frame and to the host. */
export class EmbedBoundary extends Component<EmbedBoundaryProps, { problem: string }> {
  override state = { problem: '' };

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown): void {
    this.props.warn('broken', error instanceof Error ? error.message : String(error));
  }

  override render(): ReactNode {
    if (this.state.problem === '') return this.props.children;
    return <Refused text={`This embed stopped: ${this.state.problem} Load the page again.`} />;
  }
}
