import type { ComponentType } from 'react';
import { lessonCount } from '../content/lessonCount.ts';
import { Home } from './Home.tsx';
import { lazyPage } from './lazyPage.tsx';

/** One address of the app. */
export interface AppRoute {
  /** Pattern of the path in the hash. */
  path: string;
  Page: ComponentType;
  /** Fetches the page's code ahead of a visit. */
  prefetch: () => void;
  /** Its name in the top bar, and where that leads; absent for pages reached from others. */
  nav?: { title: string; to: string };
}

const learn = lazyPage(() => import('./Learn.tsx'), 'Learn');
const lesson = lazyPage(() => import('./Lesson.tsx'), 'Lesson');
const glossary = lazyPage(() => import('./Glossary.tsx'), 'Glossary');
const playground = lazyPage(() => import('./Playground.tsx'), 'Playground');
const gallery = lazyPage(() => import('./Gallery.tsx'), 'Gallery');
const experiments = lazyPage(() => import('./Experiments.tsx'), 'Experiments');
const drills = lazyPage(() => import('./Drills.tsx'), 'Drills');
const drill = lazyPage(() => import('./Drill.tsx'), 'Drill');
const drillEditor = lazyPage(() => import('./DrillEditor.tsx'), 'DrillEditor');
const review = lazyPage(() => import('./Review.tsx'), 'Review');
const lab = lazyPage(() => import('./lab/Lab.tsx'), 'Lab');
const microscope = lazyPage(() => import('./lab/Microscope.tsx'), 'Microscope');
const curves = lazyPage(() => import('./lab/Curves.tsx'), 'Curves');
const embed = lazyPage(() => import('./Embed.tsx'), 'Embed');
const model = lazyPage(() => import('./Model.tsx'), 'Model');

/** Every page, in the order of the top bar. */
export const routes: readonly AppRoute[] = [
  { path: '/', Page: Home, prefetch: () => {} },
  { path: '/learn', ...learn, nav: lessonCount.count > 0 ? { title: 'Learn', to: '/learn' } : undefined },
  { path: '/learn/:lesson', ...lesson },
  { path: '/glossary', ...glossary },
  { path: '/play/:scenario?', ...playground, nav: { title: 'Playground', to: '/play' } },
  { path: '/gallery', ...gallery, nav: { title: 'Gallery', to: '/gallery' } },
  { path: '/experiments/:experiment?', ...experiments, nav: { title: 'Experiments', to: '/experiments' } },
  { path: '/drills', ...drills, nav: { title: 'Drills', to: '/drills' } },
  { path: '/drills/edit/:drill?', ...drillEditor },
  { path: '/drill/:drill', ...drill },
  { path: '/review', ...review },
  { path: '/lab', ...lab, nav: { title: 'Lab', to: '/lab' } },
  { path: '/lab/microscope', ...microscope },
  { path: '/lab/curves', ...curves },
  { path: '/embed', ...embed },
  { path: '/model', ...model, nav: { title: 'Model', to: '/model' } },
];
