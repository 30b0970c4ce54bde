/** Lets everything that waits (messages, clicks, Ctrl-C) have its turn. A timer would wait four milliseconds in a browser. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
