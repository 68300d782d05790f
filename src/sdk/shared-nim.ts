import { createLegacyIm, type LegacyHost, type LegacyIm, type LegacyLine } from './legacy-im';
import type { LegacyCallbacks } from './legacy-callbacks';

/** What the application calls `getInstance` with; a kit's wrapper adds its callbacks. */
export type SharedOptions = LegacyCallbacks & { appKey: string; account: string; token: string };

/** The class a kit gets in `reuseIM`: it replaces the static method and returns the class. */
export interface SharedNimClass {
  getInstance(options: SharedOptions): LegacyIm;
}

/** A kit used the class in a way that reuse does not allow. */
export class ReuseError extends Error {
  constructor(
    /** `getInstance`: before the application's login, or not called through at all. */
    readonly step: 'reuseIM' | 'getInstance',
    message: string,
  ) {
    super(message);
    this.name = 'ReuseError';
  }
}

/**
 * The IM class for one login, to be wrapped with a kit's `reuseIM` before the login begins. The SDK's own
 * class stays out of reach: it would let a kit replace the application's instance, and a second wrap of
 * it, for the next account, would call the first kit twice.
 */
export class SharedNim {
  private host: LegacyHost | undefined;
  private line: LegacyLine | undefined;

  /** The class as the kit gets it. */
  readonly NIM: SharedNimClass;

  constructor(private readonly note: (text: string) => void) {
    const getInstance = (options: SharedOptions) => this.getInstance(options);
    this.NIM = class {
      static getInstance(options: SharedOptions): LegacyIm {
        return getInstance(options);
      }
    };
  }

  /**
   * The application creates its instance, through the class as the kit returned it.
   * @returns the application's end, and what the kit's `initialize` gets as `im`.
   * @throws ReuseError when the kit's wrapper threw or did not call the original.
   */
  open(wrapped: SharedNimClass, host: LegacyHost): { line: LegacyLine; im: LegacyIm } {
    this.host = host;
    let im: LegacyIm;
    try {
      im = wrapped.getInstance({
        appKey: host.appkey,
        account: host.accountId,
        token: host.token(),
      });
    } catch (error) {
      throw new ReuseError('getInstance', error instanceof Error ? error.message : String(error));
    }
    if (!this.line)
      throw new ReuseError('getInstance', 'the wrapped getInstance did not call the original');
    return { line: this.line, im: im ?? this.line.im };
  }

  private getInstance(options: SharedOptions): LegacyIm {
    const { host, line } = this;
    if (!host)
      throw new ReuseError('getInstance', 'the application creates the IM instance, the kit waits');
    if (line) {
      // A singleton, as in the older SDK: a second call changes options and logs nobody in.
      if (options.account !== host.accountId)
        this.note(`getInstance for ${options.account}: the application’s login stays`);
      line.im.setOptions(options);
      return line.im;
    }
    this.line = createLegacyIm(host, options);
    return this.line.im;
  }
}
