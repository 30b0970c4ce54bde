import '../styles/tokens.css';
import '../styles/base.css';
import './embed.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startEmbed } from './startEmbed.ts';
import { EmbedApp } from './EmbedApp.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('embed.html has no #root');
createRoot(root).render(
  <StrictMode>
    <EmbedApp {...startEmbed(root)} />
  </StrictMode>,
);
