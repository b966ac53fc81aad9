const fs = require('fs');

/** One line a scenario, as it ends; the results as JSON for the table of the docs. */
module.exports = class ScenarioReporter {
  results = [];
  /** What broke the scenario before: where a gateway that scenarios share does not start, it is the same for all of them. */
  said = '';

  onTestCaseResult(test, { title, ancestorTitles, status, duration, failureMessages }) {
    const { SCENARIO_LABEL: label } = process.env;
    if (status === 'pending') return;
    this.results.push({ label, group: ancestorTitles[0], title, status, ms: duration });
    const mark = status === 'passed' ? 'ok    ' : 'FAILED';
    process.stdout.write(`${label.padEnd(10)} ${mark} ${(duration / 1000).toFixed(1).padStart(6)} s  ${ancestorTitles.join(' › ')} › ${title}\n`);
    const message = failureMessages.join('\n');
    if (message) process.stdout.write(`${(message === this.said ? 'as the one before' : message).replace(/^/gm, '      | ')}\n`);
    this.said = message;
  }

  onTestResult(test, { testExecError, testFilePath }) {
    if (!testExecError) return;
    const { message, stack } = testExecError;
    process.stdout.write(`${process.env.SCENARIO_LABEL.padEnd(10)} FAILED ${testFilePath}\n${(stack || message).replace(/^/gm, '      | ')}\n`);
    this.results.push({ label: process.env.SCENARIO_LABEL, group: testFilePath, title: 'the suite could not run', status: 'failed', ms: 0 });
  }

  onRunComplete() {
    fs.writeFileSync(process.env.SCENARIO_RESULTS, JSON.stringify(this.results));
  }
};
