// Runs the tests one after the other in one window.

/** Runs the tests whose titles contain `filter`; says whether there were some and all passed. */
export async function runTests(tests, { code, shot, filter }) {
  let passed = 0;
  let failed = 0;
  for (const [title, test] of Object.entries(tests)) {
    if (filter && !title.includes(filter)) continue;
    let passes = await attempt(title, test, code, shot);
    if (!passes) {
      // A busy machine makes an editor lose a key or a click. What is broken fails twice.
      console.log("again:");
      passes = await attempt(title, test, code, shot);
    }
    if (passes) passed += 1;
    else failed += 1;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return passed > 0 && failed === 0;
}

async function attempt(title, test, code, shot) {
  const start = Date.now();
  try {
    await test(code, shot);
    console.log(`ok     ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    await shot(`FAILED-${title.replaceAll(/\W+/g, "-")}`).catch(() => undefined);
    console.log(`FAILED ${title}\n${error.stack}`);
    await leave(code);
    return false;
  }
}

/** Goes to where the failed test would have ended, for the next one. */
async function leave(code) {
  await code.page.keyboard.press("Escape").catch(() => undefined);
  await code.stopQuiz().catch(() => undefined);
  await code.page.keyboard.press("Escape").catch(() => undefined);
  await code.leave().catch(() => undefined);
}
