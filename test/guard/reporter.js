/** One line a scenario, as it ends, and a last line that sums up. */
module.exports = class Reporter {
  onTestCaseResult(_test, { title, ancestorTitles, status, duration, failureMessages }) {
    if (status === 'pending') return;
    const mark = status === 'passed' ? 'ok    ' : 'FAILED';
    process.stdout.write(`${mark} ${(duration / 1000).toFixed(1).padStart(6)} s  ${[...ancestorTitles, title].join(' › ')}\n`);
    if (failureMessages.length > 0) process.stdout.write(`${failureMessages.join('\n').replace(/^/gm, '      | ')}\n`);
  }

  onTestResult(_test, { testExecError, testFilePath }) {
    if (testExecError) process.stdout.write(`FAILED ${testFilePath}\n${(testExecError.stack || testExecError.message).replace(/^/gm, '      | ')}\n`);
  }

  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
  }
};
