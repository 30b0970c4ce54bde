import { Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { Arrival } from './pages/frame/Arrival.tsx';
import { Broken } from './pages/frame/Broken.tsx';
import { Footer } from './pages/frame/Footer.tsx';
import { Loading } from './pages/frame/Loading.tsx';
import { SkipLink } from './pages/frame/SkipLink.tsx';
import { TopBar } from './pages/frame/TopBar.tsx';
import { useHashPath } from './pages/hashLocation.ts';
import { lazyPage } from './pages/lazyPage.tsx';
import { routes } from './pages/routes.tsx';
import { Notices } from './ui/Notices.tsx';

const { Page: Missing } = lazyPage(() => import('./pages/Missing.tsx'), 'Missing');

/** The frame around every page: skip link, top bar, the page at this address, footer, and the region that speaks. */
export function App() {
  return (
    // Wouter takes its source of addresses as a hook in a prop.
    // oxlint-disable-next-line react/hooks
    <Router hook={useHashPath}>
      <SkipLink />
      <TopBar />
      <main id="main">
        <Broken>
          <Suspense fallback={<Loading />}>
            <Switch>
              {routes.map(({ path, Page }) => (
                <Route key={path} path={path}>
                  <Page />
                </Route>
              ))}
              <Route>
                <Missing />
              </Route>
            </Switch>
            <Arrival />
          </Suspense>
        </Broken>
      </main>
      <Footer />
      <Notices />
    </Router>
  );
}
