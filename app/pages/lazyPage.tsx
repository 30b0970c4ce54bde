import { type ComponentType, lazy } from 'react';

/** A page whose code is fetched on the first visit, or earlier through `prefetch`. */
export function lazyPage(load: () => Promise<ComponentType>): { Page: ComponentType; prefetch: () => void } {
  let loading: Promise<{ default: ComponentType }> | undefined;
  const once = () => {
    loading ??= load().then((Page) => ({ default: Page }));
    return loading;
  };
  return {
    Page: lazy(once),
    prefetch: () => {
      // A prefetch that fails says nothing: the visit itself will fail visibly, and may well succeed.
      once().catch(() => {
        loading = undefined;
      });
    },
  };
}
