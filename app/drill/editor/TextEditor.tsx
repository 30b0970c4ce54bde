import { Component, lazy, type ReactNode, Suspense } from 'react';
import type { EditorProps } from './EditorHandle.ts';
import { PlainEditor } from './PlainEditor.tsx';

const YamlEditor = lazy(() => import('./YamlEditor.tsx'));

/** The editor, or the plain field while it is on its way and where it fails. */
export function TextEditor(props: EditorProps) {
  const plain = <PlainEditor {...props} />;
  return (
    <IfFails show={plain}>
      <Suspense fallback={plain}>
        <YamlEditor {...props} />
      </Suspense>
    </IfFails>
  );
}

class IfFails extends Component<{ show: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.show : this.props.children;
  }
}
