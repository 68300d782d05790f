import fs from 'node:fs';
import path from 'node:path';

interface SubPackage {
  root: string;
  pages: string[];
}

interface AppJson {
  pages: string[];
  subPackages?: SubPackage[];
  subpackages?: SubPackage[];
  lazyCodeLoading?: string;
  tabBar?: { custom?: boolean; list: { pagePath: string; text: string }[] };
  usingComponents?: Record<string, string>;
}

/** Fields of a page's or component's .json that the host needs. */
export interface UnitJson {
  usingComponents?: Record<string, string>;
  navigationBarTitleText?: string;
  initialRenderingCache?: 'static' | 'dynamic';
}

/** The built package on disk, in the layout of app.json. */
export class PackageFiles {
  readonly app: AppJson;
  readonly pages: readonly string[];
  readonly tabs: readonly { pagePath: string; text: string }[];
  private readonly units = new Map<string, UnitJson>();

  constructor(readonly root: string) {
    const appJson = path.join(root, 'app.json');
    if (!fs.existsSync(appJson))
      throw new Error(`no app.json in ${root}: build the weapp package first`);
    this.app = JSON.parse(fs.readFileSync(appJson, 'utf8')) as AppJson;
    this.pages = [
      ...this.app.pages,
      ...this.subPackages.flatMap((sub) =>
        sub.pages.map((page) => path.posix.join(sub.root, page)),
      ),
    ];
    this.tabs = this.app.tabBar?.list ?? [];
  }

  get subPackages(): SubPackage[] {
    return this.app.subPackages ?? this.app.subpackages ?? [];
  }

  /** Root of the sub-package that contains a file, or '' for the main package. */
  packageOf(file: string): string {
    const inside = (root: string) => file.startsWith(root.endsWith('/') ? root : `${root}/`);
    return this.subPackages.find(({ root }) => inside(root))?.root ?? '';
  }

  unit(unitPath: string): UnitJson {
    const known = this.units.get(unitPath);
    if (known) return known;
    const file = path.join(this.root, `${unitPath}.json`);
    const unit = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as UnitJson) : {};
    this.units.set(unitPath, unit);
    return unit;
  }

  /** Component name to path, resolved, for the WXML of a page or component. */
  componentsOf(unitPath: string): Record<string, string> {
    const resolved: Record<string, string> = {};
    const declare = (from: string, using: Record<string, string> = {}) => {
      for (const [name, target] of Object.entries(using)) {
        resolved[name] = target.startsWith('/')
          ? target.slice(1)
          : path.posix.join(path.posix.dirname(from), target);
      }
    };
    declare('app', this.app.usingComponents);
    declare(unitPath, this.unit(unitPath).usingComponents);
    return resolved;
  }

  has(file: string): boolean {
    return fs.existsSync(path.join(this.root, file));
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.root, file), 'utf8');
  }
}
