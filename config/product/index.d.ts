/** product.config.json, as product.schema.json describes it. */
export interface Product {
  name: string;
  features?: Readonly<Record<string, boolean>>;
  texts?: object;
  live?: { readonly player?: 'video' | 'live-player' };
  /** By theme: `light`, `dark`; then by the name of a token. */
  colours?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  limits?: Readonly<Record<string, number>>;
}

export function readProduct(file?: string): Product;
export function checkProduct(product: unknown, file: string): Product;
/** Options of sass-loader with the colours. */
export function sassOptions(product: Product): object;
/** src/theme.json with the colours. */
export function themeOf(product: Product): Record<'light' | 'dark', Record<string, string>>;
export function productEnv(product: Product): Record<string, string>;
