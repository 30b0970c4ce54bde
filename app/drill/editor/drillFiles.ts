/** The files of `content/drills/` as they are written, each fetched when it is opened. */
const files = import.meta.glob<string>('../../../content/drills/*.drill.yaml', { query: '?raw', import: 'default' });

/** The text of a drill of ours; undefined when there is none of that id. */
export async function drillText(id: string): Promise<string | undefined> {
  return files[`../../../content/drills/${id}.drill.yaml`]?.();
}
