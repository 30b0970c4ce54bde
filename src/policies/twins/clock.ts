import type { CreateTwin } from './Twin.ts';

/** A page in a frame. */
interface Page {
  id: number;
  used: boolean;
}

/** Turns the hand from frame to frame until one is found whose page was not used; the frame is left empty. */
function turn(frames: (Page | null)[], hand: number): { frame: number; id: number } {
  for (let frame = hand; ; frame = (frame + 1) % frames.length) {
    const page = frames[frame];
    if (page?.used === false) return { frame, id: page.id };
    if (page) page.used = false;
  }
}

/** Frames in a circle, empty ones refilled before the circle grows. */
export const clockTwin: CreateTwin = () => {
  let frames: (Page | null)[] = [];
  let vacated: number[] = [];
  let hand = 0;
  const frameOf = (id: number): number => frames.findIndex((page) => page?.id === id);
  const vacate = (frame: number): void => {
    frames[frame] = null;
    vacated.push(frame);
  };
  return {
    touch: (id) => void ((frames[frameOf(id)] as Page).used = true),
    insert: (id) => void (frames[vacated.pop() ?? frames.length] = { id, used: false }),
    remove: (id) => vacate(frameOf(id)),
    evict: () => {
      if (frames.every((page) => page === null)) return -1;
      const { frame, id } = turn(frames, hand);
      vacate(frame);
      hand = (frame + 1) % frames.length;
      return id;
    },
    clear: () => {
      frames = [];
      vacated = [];
      hand = 0;
    },
    resize() {},
    order: (limit) => {
      const copy = frames.map((page) => page && { ...page });
      const order: number[] = [];
      for (let at = hand; order.length < limit && copy.some((page) => page !== null); ) {
        const { frame, id } = turn(copy, at);
        copy[frame] = null;
        at = (frame + 1) % copy.length;
        order.push(id);
      }
      return order;
    },
  };
};
