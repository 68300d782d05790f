import { createLegacyIm, type LegacyHost, type LegacyIm, type LegacyLine } from './legacy-im';
import type { LegacyCallbacks } from './legacy-callbacks';

/** The application's argument of `getInstance`; a kit's wrapper adds its callbacks. */
export type SharedOptions = LegacyCallbacks & { appKey: string; account: string; token: string };

/** The class that a kit gets in `reuseIM`; the kit replaces the static method and returns the class. */
export interface SharedNimClass {
  getInstance(options: SharedOptions): LegacyIm;
}

/** The kit used the class in a way that IM reuse does not allow. */
class ReuseError extends Error {
  constructor(
    /** `getInstance`: called before the application's login, or the kit did not call the original. */
    readonly step: 'reuseIM' | 'getInstance',
    message: string,
  ) {
    super(message);
    this.name = 'ReuseError';
  }
}

/**
 * The IM class for one login; a kit's `reuseIM` wraps it before the login begins. The kit does not get the SDK's own
 * class, because the kit could replace the application's instance with it, and a second wrap, for the next account,
 * would call the first kit twice.
 */
export class SharedNim {
  private host: LegacyHost | undefined;
  private line: LegacyLine | undefined;

  /** The class for the kit. */
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
   * Creates the application's instance through the class that the kit returned.
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
      // A singleton, as in the older SDK: a second call changes options and does not log in.
      if (options.account !== host.accountId)
        this.note(`getInstance for ${options.account}: the application’s login stays`);
      line.im.setOptions(options);
      return line.im;
    }
    this.line = createLegacyIm(host, options);
    return this.line.im;
  }
}
