/** What the user may choose. */
export interface MediaChoice {
  readonly count: number;
  /** Without sources WeChat asks the user for the source. */
  readonly sources: readonly ('album' | 'camera')[];
  readonly types: readonly ('image' | 'video')[];
  /** Whether the user may choose the original of a picture, which is larger. */
  readonly original: boolean;
}
