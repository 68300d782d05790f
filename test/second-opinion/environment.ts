import { TestEnvironment } from 'jest-environment-node';
import type { PageSource } from '../host/page-record';
import { EaselRenderer } from './easel-renderer';

/** One for each test process: a test file must not pay for the start of jsdom and glass-easel. */
let renderer: EaselRenderer | undefined;

/** Node's environment, and glass-easel outside the realm of the tests. */
export default class SecondOpinionEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, {
      drawWithEasel: (source: PageSource) => (renderer ??= new EaselRenderer()).drawNew(source),
    });
  }
}
