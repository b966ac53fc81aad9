import { Tenant } from './tenant';
import { rowsOfFile } from './tenant-file';
import { rowOf, TenantRow } from './tenant-row';
import { InputChecks } from '../input/input-checks';
import { problemsError } from '../input/problems';
import { SEAL, sealed } from '../input/sealed';

/** The tenants of a fleet, from files or from code. A fleet says what is wrong with them, all at once. */
export class Tenants {
  /**
   * The tenants of YAML or JSON files, `tenants: [{ name: payments }, …]`, in the order of the files.
   *
   * The schema for editors is in the package: `assets/tenants.schema.json`.
   *
   * @param paths relative to the folder in which the program runs, which for `cdk8s synth` is that of cdk8s.yaml
   */
  public static fromFile(...paths: string[]): Tenants {
    new InputChecks('Tenants.fromFile()')
      .refuse(paths.length === 0, 'no path was given')
      .list('paths', paths, path => typeof path === 'string' && path !== '', 'the path of a YAML or JSON file')
      .done();
    const files = paths.map(rowsOfFile);
    const problems = files.flatMap(file => file.problems);
    if (problems.length > 0) throw problemsError('Tenants.fromFile()', problems);
    return new Tenants(SEAL, files.flatMap(file => file.rows));
  }

  /** Tenants that your program lists itself. */
  public static of(tenants: Tenant[]): Tenants {
    new InputChecks('Tenants.of()').that(Array.isArray(tenants), 'tenants', 'an array, each element a Tenant', tenants).done();
    return new Tenants(SEAL, Array.from(tenants, (tenant, i) => rowOf(tenant, () => `tenants[${i}]`)));
  }

  private constructor(
    seal: symbol,
    /** @internal */
    public readonly _rows: readonly TenantRow[],
  ) {
    sealed(seal, new.target, Tenants, 'Tenants.fromFile() or Tenants.of()');
  }
}
