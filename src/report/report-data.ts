import { Amount, LoadFigures } from './monthly-cost';

/** A price in US dollars per million tokens. */
export interface ReportedPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly source: string;
  /** What the public list says, if that is something else. */
  readonly listed?: { readonly input: number; readonly output: number; readonly source: string };
}

/** A model that a gateway names. */
export interface ReportedModel {
  readonly ref: string;
  readonly name: string;
  readonly tiers: string[];
  /** Tokens. */
  readonly contextWindow?: number;
  readonly price?: ReportedPrice;
  /** The name of the key with which it is called. */
  readonly key?: string;
}

/** A model, or a pattern of models, that users may ask for. */
export interface ReportedAlternative {
  readonly ref: string;
  readonly key?: string;
  /** Of a pattern, those of the models that OpenClaw's catalog knows. */
  readonly highestPrice?: { readonly input: number; readonly output: number };
}

/** A model that answers, and what it costs in a month if it answers everything. */
export interface ReportedStep {
  readonly ref: string;
  readonly role: string;
  readonly monthlyUsd?: number;
}

export interface ReportedAgent {
  readonly id: string;
  readonly answers: string;
  /** The primary, then the fallbacks in order. */
  readonly route: ReportedStep[];
  readonly alternatives: ReportedAlternative[];
  readonly slots: { readonly slot: string; readonly ref: string }[];
  readonly monthly?: { readonly primary: Amount; readonly dearest: Amount };
}

export interface ReportedKey {
  readonly name: string;
  readonly providers: string[];
  readonly source: string;
  readonly rotation: string;
}

/** A limit of what calls of models may cost. */
export interface ReportedBudget {
  readonly name: string;
  readonly limit: string;
  /** Those whose calls count; missing: all. */
  readonly models?: readonly string[];
}

export interface ReportedGateway {
  readonly path: string;
  readonly namespace?: string;
  readonly version: string;
  readonly preset: string;
  readonly delivery: string;
  readonly guard: string;
  readonly budgets: ReportedBudget[];
  readonly agents: ReportedAgent[];
  readonly models: ReportedModel[];
  readonly keys: ReportedKey[];
  readonly findings: { readonly rule: string; readonly severity: string; readonly message: string; readonly acknowledged?: string }[];
  readonly monthly?: { readonly primary: Amount; readonly dearest: Amount };
}

/** What `ModelReport.json()` holds; docs/reports.md explains it. */
export interface ReportData {
  readonly currency: 'USD';
  readonly days: number;
  readonly load?: LoadFigures;
  readonly gateways: ReportedGateway[];
  readonly monthly?: { readonly primary: Amount; readonly dearest: Amount };
}
