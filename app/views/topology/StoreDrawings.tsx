import { marks, pack, packedPath, pictureHeight, shortened } from './markPaths.ts';
import styles from './SideFacts.module.css';
import type { BufferPicture, FilterPicture, NegativePicture } from './sideFacts.ts';

const cellsAtMost = 24;

/** A row of cells as long as a batch, filled by the rows that wait; the time until it goes; the rows written last, by name. */
export function BufferDrawing({ picture, width }: { picture: BufferPicture; width: number }) {
  const { size, waiting, sent, newest, dueShare } = picture;
  const cells = Math.max(1, Math.min(cellsAtMost, size));
  // Outlines take half a pixel on either side.
  const pitch = (width + 1) / cells;
  const each = size / cells;
  const onTheWay = pack(sent, width, 8, 8, 2);
  return (
    <svg width={width} height={pictureHeight}>
      {Array.from({ length: cells }, (_, cell) => {
        const share = Math.max(0, Math.min(1, waiting / each - cell));
        const inner = pitch - 2;
        return (
          <g key={cell}>
            <rect className={styles.empty} x={cell * pitch + 0.5} y={0.5} width={inner} height={12} rx={2} />
            {share > 0 && (
              <rect className={styles.write} x={cell * pitch} y={0} width={inner * share} height={13} rx={2} />
            )}
          </g>
        );
      })}
      <rect className={styles.empty} x={0.5} y={17.5} width={width - 1} height={4} rx={2} />
      <rect className={styles.due} x={0} y={17} width={width * dueShare} height={5} rx={2.5} />
      <text className={styles.name} x={0} y={34}>
        {namesOf(newest, Math.floor(width / 6.7))}
      </text>
      {sent > 0 && (
        <path
          className={styles.sent}
          d={packedPath(marks.square, onTheWay, 0, onTheWay.shown, 0, pictureHeight - 10)}
        />
      )}
    </svg>
  );
}

/** As many of the names as fit into so many characters: `cart:12 ×3  cart:7`. */
function namesOf(newest: BufferPicture['newest'], room: number): string {
  let text = '';
  for (const { name, writes } of newest) {
    const next = `${shortened(name, 14)}${writes > 1 ? ` ×${writes}` : ''}`;
    const longer = text === '' ? next : `${text}\u2002${next}`;
    if (longer.length > room) break;
    text = longer;
  }
  return text;
}

const filterColumns = 24;
/** From this width on the cells stand in half as many rows. */
const wide = 400;

/** The filter’s bits in their order, each cell as dark as the share of its bits that are set; where the last refused id looked. */
export function FilterDrawing({ picture, width }: { picture: FilterPicture; width: number }) {
  const { shares, probes } = picture;
  const columns = Math.max(1, Math.min(width < wide ? filterColumns : 2 * filterColumns, shares.length));
  const rows = Math.max(1, Math.ceil(shares.length / columns));
  const pitch = Math.min(width / columns, pictureHeight / rows, 14);
  const across = Math.min(width / columns, 2 * pitch);
  const place = (cell: number) => ({ x: (cell % columns) * across, y: Math.floor(cell / columns) * pitch });
  return (
    <svg width={width} height={pictureHeight}>
      {shares.map((share, cell) => {
        const { x, y } = place(cell);
        const box = { x, y, width: across - 1, height: pitch - 1, rx: 1 };
        return (
          <g key={cell}>
            <rect className={styles.clear} {...box} />
            {share > 0 && <rect className={styles.bit} {...box} fillOpacity={share} />}
          </g>
        );
      })}
      {probes.map(({ cell, set }, number) => {
        const { x, y } = place(cell);
        const box = { x: x - 0.5, y: y - 0.5, width: across, height: pitch, rx: 1.5 };
        return (
          <g key={number} className={styles.probe}>
            <rect {...box} />
            {!set && (
              <path
                d={`M${x + 1} ${y + 1}L${x + across - 2} ${y + pitch - 2}M${x + across - 2} ${y + 1}L${x + 1} ${y + pitch - 2}`}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

const shades = 4;

/** A hollow cell for each entry that says that there is nothing, fainter the less of its life is left. */
export function NegativeDrawing({ picture, width }: { picture: NegativePicture; width: number }) {
  const { left } = picture;
  const packing = pack(left.length, width, pictureHeight, 13, 6);
  const r = packing.pitch * 0.38;
  const paths = Array.from({ length: shades }, () => '');
  left.slice(0, packing.shown).forEach((share, cell) => {
    const column = cell % packing.across;
    const row = (cell - column) / packing.across;
    const shade = Math.min(shades - 1, Math.floor(share * shades));
    paths[shade] += marks.square((column + 0.5) * packing.pitch, (row + 0.5) * packing.pitch, r);
  });
  return (
    <svg width={width} height={pictureHeight}>
      {left.length === 0 && <path className={styles.rail} d={`M0 ${pictureHeight / 2}H${width}`} />}
      {paths.map((path, shade) => (
        <path key={shade} className={styles.hollow} d={path} strokeOpacity={0.34 + (0.66 * (shade + 1)) / shades} />
      ))}
    </svg>
  );
}
