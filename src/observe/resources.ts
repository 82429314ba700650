/** What work cost. */
export interface Resources {
  /** Of all threads of this process – the database's and the matcher's included –, user and system. */
  cpuSeconds: number;
  /** The most physical memory that this process ever held, MB of 2^20 bytes. It never falls. */
  peakMemoryMb: number;
}

/** What this process used from its start until now. */
export function processResources(): Resources {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMemoryMb: maxRSS / 1024 };
}

/** Processor time since `before`, and the peak until now; to a millisecond and a tenth of a MB. */
export function resourcesSince(before: Resources): Resources {
  const { cpuSeconds, peakMemoryMb } = processResources();
  return {
    cpuSeconds: Math.round((cpuSeconds - before.cpuSeconds) * 1000) / 1000,
    peakMemoryMb: Math.round(peakMemoryMb * 10) / 10,
  };
}
