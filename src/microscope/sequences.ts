/** A sequence that shows something, ready to be run. */
export interface ExampleSequence {
  id: string;
  title: string;
  /** As a person would type it. */
  text: string;
  /** In entries. */
  capacity: number;
  /** Ids of the policies to set side by side. */
  policies: readonly string[];
  /** One line: what to look for. */
  look: string;
}

/**
 * The examples, in the order in which they are offered; the first is what the microscope opens with. What each is said to show is
 * held by its test. The anomaly: Belady, Nelson and Shedler, "An anomaly in space-time characteristics of certain programs running
 * in a paging machine", CACM 12(6), 1969.
 */
export const exampleSequences: readonly ExampleSequence[] = [
  {
    id: 'scan-poisons-lru',
    title: 'A scan poisons LRU',
    text: '(ABC)x3 1-5 (ABC)x2',
    capacity: 4,
    policies: ['lru', 'arc', 's3-fifo'],
    look: 'five keys that nobody wants again push A, B and C out of LRU. The other two let the five push out one another.',
  },
  {
    id: 'recency',
    title: 'Used lately, used again',
    text: 'A B C D A B A E A B F A B G A B',
    capacity: 4,
    policies: ['fifo', 'lru', 'clock'],
    look: 'FIFO lets go of A and B because they came first, though they are the ones in use. One bit an entry is enough to know better.',
  },
  {
    id: 'frequency',
    title: 'Often, but not lately',
    text: 'AAABBB C-F AB G-J AB K-N AB',
    capacity: 4,
    policies: ['lru', 'lfu', 'sieve'],
    look: 'A and B are wanted most, but four others always come in between. Who counts keeps them, who looks at the last use does not.',
  },
  {
    id: 'loop',
    title: 'A loop one too long',
    text: '(A-E)x5',
    capacity: 4,
    policies: ['lru', 'lirs', 'random', 'belady'],
    look: 'LRU always lets go of just the key that comes next, and never hits. Even drawing lots does better.',
  },
  {
    id: 'one-hit-wonders',
    title: 'One-hit wonders',
    text: 'A B 1 A B 2 3 4 A B 5 6 7 A B 8 9 A B',
    capacity: 4,
    policies: ['lru', 's3-fifo', 'w-tinylfu'],
    look: 'nine numbers come once each. A small queue, or a duel at the door, lets them pass without costing A and B their places.',
  },
  {
    id: 'duel',
    title: 'The duel at the door',
    text: 'AABB C D E D F D G D B D H D',
    capacity: 4,
    policies: ['w-tinylfu', 'lru'],
    look: 'D is turned away twice, the second time seen as often as A: a tie goes to who is inside. The third time it is let in. LRU asks no questions, which pays here.',
  },
  {
    id: 'shift',
    title: 'Tastes change',
    text: '(ABC)x4 (DEF)x4 (GHI)x4',
    capacity: 4,
    policies: ['lru', 'arc', 'lfu'],
    look: 'three fashions. The better a policy remembers, the longer it holds on to the last one.',
  },
  {
    id: 'old-star',
    title: 'LFU’s old star',
    text: 'Ax6 Bx5 Cx4 (DEF)x6',
    capacity: 4,
    policies: ['lfu', 'lfu-aging', 'lru'],
    look: 'A, B and C are never wanted again, but their counts keep them in while D, E and F fight over one slot. Ageing lets the others rise past them.',
  },
  {
    id: 'arc-border',
    title: 'ARC moves its border',
    text: 'ABAB CDEF C AB GH A CC DC D EF AB',
    capacity: 4,
    policies: ['arc', '2q', 'lru'],
    look: 'a hit on a ghost of B1 moves p up, one of B2 moves it down: ARC learns from what it should not have let go.',
  },
  {
    id: 'second-chance',
    title: 'Two hands',
    text: 'A B C D A B E A F B G A H B',
    capacity: 4,
    policies: ['fifo', 'clock', 'sieve'],
    look: 'three queues. CLOCK puts the newcomer where its hand has been, SIEVE at the head, so that its hand goes on among the old.',
  },
  {
    id: 'belady-anomaly',
    title: 'Belady’s anomaly',
    text: '1 2 3 4 1 2 5 1 2 3 4 5',
    capacity: 3,
    policies: ['fifo', 'lru'],
    look: 'three hits of FIFO with three slots. Give it a fourth slot and count again: more room, fewer hits. LRU never does that.',
  },
  {
    id: 'scan',
    title: 'Everything once',
    text: 'A-P',
    capacity: 4,
    policies: ['lru', 'w-tinylfu', 'belady'],
    look: 'no hit for anybody, not even with the future known. A cache needs repetition, and no policy can make it.',
  },
  {
    id: 'redis-lots',
    title: 'Redis draws lots',
    text: 'A-L ABC M-P ABC DEF',
    capacity: 12,
    policies: ['lru', 'redis-allkeys-lru', 'redis-allkeys-lfu'],
    look: 'five of twelve keys are drawn and the best candidate goes: mostly, but not always, the one that LRU would take. Draw again and see.',
  },
];
