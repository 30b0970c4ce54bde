/** Thrown inside this folder where a check cannot be answered for want of data; becomes `nodata`. */
export class Unknowable extends Error {}
