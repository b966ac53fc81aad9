/** Runs `build(app, count)` and `app.synth()` and prints what both took: `node <app>.js <count> <outdir>`. */
module.exports = function measure(App, build) {
  const [count, outdir] = process.argv.slice(2);
  const seconds = ({ user, system }) => (user + system) / 1e6;
  const start = { wall: performance.now(), cpu: process.cpuUsage() };
  const app = new App({ outdir });
  build(app, Number(count));
  const constructed = seconds(process.cpuUsage(start.cpu));
  app.synth();
  const cpu = seconds(process.cpuUsage(start.cpu));
  const wall = (performance.now() - start.wall) / 1e3;
  console.log(JSON.stringify({ construct: constructed, cpu, wall, megabytes: process.resourceUsage().maxRSS / 1e3 }));
};
