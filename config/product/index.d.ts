/** product.config.json, as product.schema.json describes it. */
export interface Product {
  name: string;
  features?: Readonly<Record<string, boolean>>;
  live?: { readonly player?: 'video' | 'live-player' };
}

export function readProduct(file?: string): Product;
export function checkProduct(product: unknown, file: string): Product;
export function productEnv(product: Product): Record<string, string>;
