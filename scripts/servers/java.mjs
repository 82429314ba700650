/** Less memory and processor time at the start, for less speed in the long run: tests are short. */
export const FAST_START = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
