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

const learn = lazyPage(() => import('./Learn.tsx').then((page) => page.Learn));
const lesson = lazyPage(() => import('./Lesson.tsx').then((page) => page.Lesson));
const glossary = lazyPage(() => import('./Glossary.tsx').then((page) => page.Glossary));
const playground = lazyPage(() => import('./Playground.tsx').then((page) => page.Playground));
const gallery = lazyPage(() => import('./Gallery.tsx').then((page) => page.Gallery));
const experiments = lazyPage(() => import('./Experiments.tsx').then((page) => page.Experiments));
const drills = lazyPage(() => import('./Drills.tsx').then((page) => page.Drills));
const drill = lazyPage(() => import('./Drill.tsx').then((page) => page.Drill));
const drillEditor = lazyPage(() => import('./DrillEditor.tsx').then((page) => page.DrillEditor));
const review = lazyPage(() => import('./Review.tsx').then((page) => page.Review));
const lab = lazyPage(() => import('./lab/Lab.tsx').then((page) => page.Lab));
const microscope = lazyPage(() => import('./lab/Microscope.tsx').then((page) => page.Microscope));
const curves = lazyPage(() => import('./lab/Curves.tsx').then((page) => page.Curves));
const embed = lazyPage(() => import('./Embed.tsx').then((page) => page.Embed));
const model = lazyPage(() => import('./Model.tsx').then((page) => page.Model));

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
