import { OpenClawVersion } from 'cdk8s-openclaw';

// @ts-expect-error a number names no version
export const version = () => OpenClawVersion.of(2026);
