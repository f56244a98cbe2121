// Claims and what came of them.
export const results = { passed: 0, failed: 0 };

export const tell = (story) => console.log(`\n${story}`);

/** A sentence that holds or does not; what it throws says why. */
export async function claim(sentence, prove) {
  const began = Date.now();
  try {
    await prove();
    results.passed++;
    console.log(`  ok    ${sentence} (${Date.now() - began} ms)`);
  } catch (error) {
    results.failed++;
    console.log(
      `  FAIL  ${sentence}\n        ${String(error?.message ?? error)
        .split("\n")
        .slice(0, 14)
        .join("\n        ")}`,
    );
  }
}

export function same(got, wanted, what = "") {
  if (got !== wanted) throw new Error(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

export function holds(truth, what) {
  if (!truth) throw new Error(what);
}
