/** A few checks one after the other, each told in a line; `finish` tells the sum, and makes the exit code 1 when one failed. */
export function makeChecks() {
  let [passed, failed] = [0, 0];
  return {
    async test(name: string, work: () => Promise<void>): Promise<void> {
      try {
        await work();
        passed += 1;
        console.log(`ok    ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL  ${name}: ${(error as Error).message}`);
      }
    },
    finish(): void {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}
