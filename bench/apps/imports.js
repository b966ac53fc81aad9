/** Prints the CPU milliseconds that cdk8s-plus takes to load, and those that this library takes on top, with the memory of both. */
const cpu = () => process.cpuUsage();
const milliseconds = ({ user, system }) => (user + system) / 1e3;
const bytes = () => process.memoryUsage().rss;
let start = cpu();
require('cdk8s-plus-28');
const plus = milliseconds(process.cpuUsage(start));
const memory = bytes();
start = cpu();
require('cdk8s-openclaw');
console.log(JSON.stringify({ plus, ours: milliseconds(process.cpuUsage(start)), plusMegabytes: memory / 1e6, oursMegabytes: (bytes() - memory) / 1e6 }));
