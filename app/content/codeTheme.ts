import type { ThemeRegistrationRaw } from 'shiki';

/** Colours of code: few, and all at least 4.5:1 on the sunken surface. */
interface CodeInk {
  ink: string;
  quiet: string;
  keyword: string;
  name: string;
  text: string;
  value: string;
}

const light: CodeInk = {
  ink: '#1b1f27',
  quiet: '#5c6270',
  keyword: '#6a3d9a',
  name: '#1f4f86',
  text: '#4d6114',
  value: '#8a4a12',
};
const dark: CodeInk = {
  ink: '#eceef4',
  quiet: '#a9b0c0',
  keyword: '#c9b3f5',
  name: '#9ccbf2',
  text: '#c3d69a',
  value: '#f0c590',
};

function theme(name: string, type: 'light' | 'dark', inks: CodeInk): ThemeRegistrationRaw {
  const rule = (foreground: string, ...scope: string[]) => ({ scope, settings: { foreground } });
  return {
    name,
    type,
    fg: inks.ink,
    bg: 'transparent',
    settings: [
      { settings: { foreground: inks.ink, background: '#00000000' } },
      rule(inks.quiet, 'comment', 'punctuation.definition.comment'),
      rule(inks.keyword, 'keyword.control', 'keyword.operator.expression', 'keyword.operator.new', 'storage'),
      rule(inks.name, 'entity.name.function', 'entity.name.type', 'support.type', 'entity.name.tag'),
      rule(inks.text, 'string', 'punctuation.definition.string'),
      rule(inks.value, 'constant', 'support.constant'),
    ],
  };
}

/** The two themes in which all code is coloured while building. */
export const codeThemes = { light: theme('hotpath-light', 'light', light), dark: theme('hotpath-dark', 'dark', dark) };
