import { Duration } from 'cdk8s';

/** How long OpenClaw waits for a silent provider that it does not take for local. */
export const PATIENCE = Duration.minutes(2);

/** How long a gateway waits for one that OpenClaw takes for local, and would wait for without an end. */
export const LOCAL_PATIENCE = Duration.minutes(5);
