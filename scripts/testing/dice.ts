/** Chance from a seed that is printed, so that a run can be repeated: `ROBUSTNESS_SEED`. Numerical Recipes' linear congruence. */
export function makeDice(): { seed: number; roll: (below: number) => number } {
  const seed = Number(process.env.ROBUSTNESS_SEED || Date.now() % 1_000_000);
  let state = seed >>> 0;
  return {
    seed,
    roll(below) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    },
  };
}
