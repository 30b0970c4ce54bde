import * as fc from 'fast-check';

// Where a test says how long an input may be, inputs are to become that long. Left alone, fast-check draws ten elements at
// most, and a cache of twenty is never filled.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
