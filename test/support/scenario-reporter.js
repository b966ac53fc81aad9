const fs = require('fs');

const { SCENARIO_LABEL: label, SCENARIO_RESULTS: resultsFile } = process.env;
const start = label ? `${label.padEnd(10)} ` : '';

/** One line a scenario, as it ends; then the results as JSON for who runs the suites, else a line that sums up. */
module.exports = class ScenarioReporter {
  results = [];
  /** What broke the scenario before: where a gateway that scenarios share does not start, it is the same for all of them. */
  said = '';

  onTestCaseResult(test, { title, ancestorTitles, status, duration, failureMessages }) {
    if (status === 'pending') return;
    this.results.push({ group: ancestorTitles[0], title, status, ms: duration });
    const mark = status === 'passed' ? 'ok    ' : 'FAILED';
    process.stdout.write(`${start}${mark} ${(duration / 1000).toFixed(1).padStart(6)} s  ${[...ancestorTitles, title].join(' › ')}\n`);
    const message = failureMessages.join('\n');
    if (message) process.stdout.write(`${(message === this.said ? 'as the one before' : message).replace(/^/gm, '      | ')}\n`);
    this.said = message;
  }

  onTestResult(test, { testExecError, testFilePath }) {
    if (!testExecError) return;
    const { message, stack } = testExecError;
    process.stdout.write(`${start}FAILED ${testFilePath}\n${(stack || message).replace(/^/gm, '      | ')}\n`);
    this.results.push({ group: testFilePath, title: 'the suite could not run', status: 'failed', ms: 0 });
  }

  onRunComplete() {
    if (resultsFile) return fs.writeFileSync(resultsFile, JSON.stringify(this.results));
    const passed = this.results.filter(({ status }) => status === 'passed').length;
    process.stdout.write(`${passed} passed, ${this.results.length - passed} failed\n`);
  }
};
