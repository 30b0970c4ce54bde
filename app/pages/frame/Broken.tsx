import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from './Notice.module.css';

/** Catches what a page throws, so that one broken page never takes the whole app with it. */
export class Broken extends Component<{ children: ReactNode }, { problem: string | undefined }> {
  override state: { problem: string | undefined } = { problem: undefined };
  private readonly forget = () => this.setState({ problem: undefined });

  static getDerivedStateFromError(error: unknown) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidMount(): void {
    addEventListener('hashchange', this.forget);
  }

  override componentWillUnmount(): void {
    removeEventListener('hashchange', this.forget);
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <div className={styles.notice} role="alert">
        <h1>This page stopped</h1>
        <p>
          Nothing you made is lost: the address holds it. Load the page again; if that does not help, start from home.
        </p>
        <p className={styles.detail}>{problem}</p>
        <p className={styles.row}>
          <Button kind="primary" onClick={() => location.reload()}>
            Load again
          </Button>
          <a href="#/">Home</a>
        </p>
      </div>
    );
  }
}
