import type { CurveLine } from './CurvesLab.ts';

/** The points as comma-separated values (RFC 4180): `policy,size,hit_ratio,error`, one a line, ratios 0 … 1. */
export function curvesCsv(lines: readonly CurveLine[]): string {
  const rows = lines.flatMap(({ policy, points, fine }) =>
    (fine.length > 0 ? fine : points).map(
      ({ sizeEntries, hitRatio, error }) => `${policy},${sizeEntries},${hitRatio},${error}`,
    ),
  );
  return `${['policy,size,hit_ratio,error', ...rows].join('\r\n')}\r\n`;
}

const painted = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'font', 'text-anchor'];

/** The chart as a drawing that stands by itself: colours and type as they are on screen, on the page's paper. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    const kept = painted.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    element.removeAttribute('class');
    element.setAttribute('style', kept);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** The same as pixels, twice as many as on screen. Throws where the browser cannot paint it. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standaloneSvg(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = svg.width.baseVal.value * 2;
  canvas.height = svg.height.baseVal.value * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png'),
  );
}

/** Hands something to the browser as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
