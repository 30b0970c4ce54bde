/**
 * Hands in forms without the browser: in a frame that is sandboxed without `allow-forms` it blocks a submission before the
 * page hears of it, so a press of the button, or Enter, would do nothing. Nothing here is ever sent anywhere.
 */
export function ownSubmit(frame: Window): void {
  frame.addEventListener('click', (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLButtonElement | HTMLInputElement>('button, input');
    const form = button?.form;
    if (!button || !form || button.type !== 'submit' || button.disabled) return;
    event.preventDefault();
    if (!form.noValidate && !form.reportValidity()) return;
    form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: button }));
  });
}
