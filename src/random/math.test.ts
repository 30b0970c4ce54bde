import { describe, expect, it } from 'vitest';
import { exp, log, pow } from './math.ts';
import { mix3 } from './murmur3.ts';

/** Bits behind the point of the reference's fixed-point numbers. */
const BITS = 320n;
const ONE = 1n << BITS;
const LN2 = logOfRatio(2n * ONE);

const bits = new DataView(new ArrayBuffer(8));

/** x = mantissa · 2^exponent, exactly, for a finite x. */
function exactParts(x: number): { mantissa: bigint; exponent: bigint } {
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const biased = (word >> 52n) & 2047n;
  const fraction = word & ((1n << 52n) - 1n);
  const mantissa = biased === 0n ? fraction : fraction | (1n << 52n);
  return { mantissa: word >> 63n ? -mantissa : mantissa, exponent: (biased === 0n ? 1n : biased) - 1075n };
}

function shifted(value: bigint, places: bigint): bigint {
  return places >= 0n ? value << places : value >> -places;
}

function bitLength(value: bigint): bigint {
  return BigInt((value < 0n ? -value : value).toString(2).length);
}

/** ln m = 2 artanh((m − 1)/(m + 1)), fixed point. */
function logOfRatio(m: bigint): bigint {
  const s = ((m - ONE) << BITS) / (m + ONE);
  const square = (s * s) >> BITS;
  let power = s;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> BITS;
  }
  return 2n * sum;
}

/** ln x, fixed point. */
function exactLog(x: number): bigint {
  const { mantissa, exponent } = exactParts(x);
  const length = bitLength(mantissa);
  return logOfRatio(shifted(mantissa, BITS - length)) + (exponent + length) * LN2;
}

/** e^t for a fixed-point t, as value · 2^(scale − BITS). */
function exactExp(t: bigint): { value: bigint; scale: bigint } {
  const scale = t / LN2;
  const r = t - scale * LN2;
  let term = ONE;
  let value = 0n;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    value += term;
    term = ((term * r) >> BITS) / k;
  }
  return { value, scale };
}

/** |computed − value · 2^(scale − BITS)| in units of the last place of the exact value. */
function ulps(computed: number, value: bigint, scale: bigint): number {
  const top = bitLength(value) - 1n + scale - BITS;
  const unit = top - 52n < -1074n ? -1074n : top - 52n;
  const { mantissa, exponent } = exactParts(computed);
  const error = shifted(mantissa, exponent - unit + 1200n) - shifted(value, scale - BITS - unit + 1200n);
  return Number((error < 0n ? -error : error) >> 1180n) / 1048576;
}

/** A plain generator, so that the points tested depend on no code under test. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A finite double with every sign and exponent bit pattern as likely as any other. */
function anyPositive(next: () => number): number {
  bits.setUint32(0, Math.floor(next() * 0x7ff00000));
  bits.setUint32(4, Math.floor(next() * 4294967296));
  return bits.getFloat64(0);
}

function worst(count: number, error: () => number): number {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, error());
  return most;
}

const logUlps = (x: number): number => ulps(log(x), exactLog(x), 0n);
const expUlps = (x: number): number => {
  const { mantissa, exponent } = exactParts(x);
  const { value, scale } = exactExp(shifted(mantissa, exponent + BITS));
  return ulps(exp(x), value, scale);
};
const powUlps = (x: number, y: number): number => {
  const { mantissa, exponent } = exactParts(y);
  const { value, scale } = exactExp(shifted(mantissa * exactLog(x), exponent));
  return ulps(pow(x, y), value, scale);
};

describe('log', () => {
  it('is within 0.51 units of the last place over all magnitudes, subnormals included', () => {
    const next = lehmer(1);
    expect(worst(6000, () => logUlps(anyPositive(next)))).toBeLessThan(0.51);
    expect(worst(2000, () => logUlps(next() * 2 ** -1022))).toBeLessThan(0.51);
  });

  it('keeps its digits close to 1, where they cancel, and on (0, 1)', () => {
    const next = lehmer(2);
    expect(worst(3000, () => logUlps(1 + (next() - 0.5) / 50))).toBeLessThan(0.51);
    expect(worst(1000, () => logUlps(1 + (next() - 0.5) * 1e-12))).toBeLessThan(0.51);
    expect(worst(3000, () => logUlps(next()))).toBeLessThan(0.51);
    for (let n = 85; n < 260; n++) {
      for (const step of [0, 1e-15, -1e-15]) {
        const x = (n + 0.5) / 128 + step;
        expect(logUlps(x)).toBeLessThan(0.51);
      }
    }
    expect(logUlps(1 + 2 ** -52)).toBeLessThan(0.51);
    expect(logUlps(1 - 2 ** -53)).toBeLessThan(0.51);
  });

  it('answers at the edges', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(-Infinity)).toBeNaN();
    expect(log(NaN)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
    for (const x of [Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1022]) expect(logUlps(x)).toBeLessThan(0.51);
  });
});

describe('exp', () => {
  it('is within 0.51 units of the last place over its whole range', () => {
    const next = lehmer(3);
    expect(worst(6000, () => expUlps(next() * 1417 - 708))).toBeLessThan(0.51);
    expect(worst(4000, () => expUlps(next() * 4 - 2))).toBeLessThan(0.51);
    expect(worst(2000, () => expUlps((next() - 0.5) * 1e-9))).toBeLessThan(0.51);
  });

  it('is within 0.76 units where the result is subnormal', () => {
    const next = lehmer(4);
    expect(worst(2000, () => expUlps(-708.4 - next() * 36.7))).toBeLessThan(0.76);
  });

  it('answers at the edges', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(1e-300)).toBe(1);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(NaN)).toBeNaN();
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(expUlps(709.782712893384)).toBeLessThan(0.51);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
    expect(exp(-745.1332191019412)).toBe(0);
    expect(exp(1e300)).toBe(Infinity);
    expect(exp(-1e300)).toBe(0);
  });
});

describe('pow', () => {
  it('is within 0.51 units of the last place', () => {
    const next = lehmer(5);
    const anywhere = (): number => {
      const x = anyPositive(next);
      const limit = 700 / Math.max(1e-300, Math.abs(log(x)));
      return powUlps(x, (next() * 2 - 1) * limit);
    };
    expect(worst(5000, anywhere)).toBeLessThan(0.51);
    expect(worst(3000, () => powUlps(1 + Math.floor(next() * 1e6), -3 * next()))).toBeLessThan(0.51);
    expect(worst(2000, () => powUlps(1 + (next() - 0.5) * 1e-6, (next() - 0.5) * 1e9))).toBeLessThan(0.51);
    expect(worst(2000, () => powUlps(next() * 10, Math.floor(next() * 40) - 20))).toBeLessThan(0.51);
  });

  it('is within 0.76 units where the result is subnormal', () => {
    const next = lehmer(6);
    const low = (): number => {
      const x = 2 + next() * 50;
      return powUlps(x, (-708.5 - next() * 36) / log(x));
    };
    expect(worst(2000, low)).toBeLessThan(0.76);
  });

  it('is exact where the power is a double', () => {
    for (let n = -1074; n < 1024; n++) expect(pow(2, n)).toBe(2 ** n);
    for (let base = 3; base < 40; base++) {
      let product = 1;
      for (let n = 0; product < 2 ** 53; n++, product *= base) {
        expect(pow(base, n)).toBe(product);
        expect(pow(-base, n)).toBe(n % 2 === 1 ? -product : product);
      }
    }
    for (let x = 1; x < 1000; x++) {
      expect(pow(x * x, 0.5)).toBe(x);
      expect(pow(x, -1)).toBe(1 / x);
      expect(pow(x / 7, 1)).toBe(x / 7);
    }
  });

  it('follows the special cases of the language', () => {
    // The operator's special cases are fixed by the specification; only its rounding is not.
    const edges = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity, NaN];
    for (const x of edges) {
      for (const y of edges) {
        const expected = x ** y;
        const ordinary = expected !== 0 && Math.abs(expected) < Infinity && !Number.isInteger(expected);
        if (ordinary) expect(Math.abs(pow(x, y) / expected - 1), `${x} ** ${y}`).toBeLessThan(3e-16);
        else expect(pow(x, y), `${x} ** ${y}`).toBe(expected);
      }
    }
    expect(pow(-2, 2 ** 53)).toBe(Infinity);
    expect(pow(-1, 2 ** 53)).toBe(1);
    expect(pow(-1, 2 ** 53 - 1)).toBe(-1);
    expect(pow(-0.5, 2 ** 53 - 1)).toBe(-0);
    expect(pow(10, 400)).toBe(Infinity);
    expect(pow(-10, 401)).toBe(-Infinity);
    expect(pow(10, -400)).toBe(0);
  });
});

it('has the same bits as ever', () => {
  const next = lehmer(7);
  const value = new Float64Array(1);
  const halves = new Int32Array(value.buffer);
  let hash = 0;
  for (let i = 0; i < 30000; i++) {
    const x = anyPositive(next);
    value[0] = i % 3 === 0 ? log(x) : i % 3 === 1 ? exp(next() * 1400 - 700) : pow(next() * 100, next() * 20 - 10);
    hash = mix3(hash, halves[0], halves[1], i);
  }
  expect(hash).toBe(3907214351);
});
