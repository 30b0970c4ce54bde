import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadScenario } from './content/scenarios.ts';
import { engine } from './engine/EngineClient.ts';
import { applyTheme } from './stores/theme.ts';

applyTheme();
// Both are needed by the time the first page has been drawn: worker and first scenario come while React works.
engine.warm();
if (/^#?\/?$/.test(location.hash)) void loadScenario('home');
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
