/** Steps that undo an opening, run in reverse order by a failed opening and by closing alike. */
export function closing(): { undo: (step: () => unknown) => void; close: () => Promise<void> } {
  const steps: (() => unknown)[] = [];
  return {
    undo: (step) => {
      steps.push(step);
    },
    /** Runs every step, also after one has failed; throws the first failure. */
    close: async () => {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
