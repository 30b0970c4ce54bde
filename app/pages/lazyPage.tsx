import { type ComponentType, lazy } from 'react';

/** A page whose code is fetched on the first visit, or earlier through `prefetch`. @param name what its module calls it. */
export function lazyPage<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): { Page: ComponentType; prefetch: () => void } {
  let loading: Promise<{ default: ComponentType }> | undefined;
  const once = () => {
    loading ??= load().then((module) => ({ default: module[name] }));
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
