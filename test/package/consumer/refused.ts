import { OpenClawVersion } from 'cdk8s-openclaw';

// @ts-expect-error a number names no release
export const version = () => OpenClawVersion.of(2026);
