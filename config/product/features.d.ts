/** Roots of packages, or pages, by feature. */
declare const features: Readonly<Record<string, readonly string[]>>;
export = features;
