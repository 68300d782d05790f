import { Unit, type Fields, type Method, type UnitHost } from './unit';

/** The argument of `Component()`, as far as this host implements it. */
interface ComponentConfig extends Fields {
  properties?: Record<string, unknown>;
  data?: Fields;
  methods?: Record<string, Method>;
  lifetimes?: Record<string, Method>;
  pageLifetimes?: Record<string, Method>;
}

const PLAYED = new Set([
  'properties',
  'data',
  'methods',
  'lifetimes',
  'pageLifetimes',
  'options',
  'created',
  'attached',
  'ready',
  'detached',
  'externalClasses',
]);

function defaultOf(property: unknown): unknown {
  if (typeof property === 'object' && property !== null && 'value' in property)
    return property.value;
  const type =
    typeof property === 'object' && property !== null && 'type' in property
      ? property.type
      : property;
  const name = typeof type === 'function' ? type.name : '';
  return { String: '', Number: 0, Boolean: false, Array: [] }[name] ?? null;
}

/** The definitions made by `Component()` and the life of their instances. */
export class ComponentRegistry {
  private readonly configs = new Map<string, ComponentConfig>();
  /** The last properties of each instance, as JSON by property. */
  private readonly passed = new WeakMap<Unit, Map<string, string>>();

  constructor(
    private readonly host: UnitHost,
    private readonly load: (path: string) => void,
  ) {}

  define(path: string, config: Fields): void {
    for (const [key, value] of Object.entries(config)) {
      const empty = Array.isArray(value) && value.length === 0;
      if (!PLAYED.has(key) && !empty) this.host.unplayed(`Component ${path}: ${key}`);
    }
    this.configs.set(path, config);
  }

  /** Names of the properties of the component at `path`; none for a page, or before the component is loaded. */
  propertiesOf(path: string): string[] {
    return Object.keys(this.configs.get(path)?.properties ?? {});
  }

  /** Creates an instance with properties from the node's attributes; {@link start} begins its life. */
  make(path: string, tag: string, attributes: Fields): Unit {
    if (!this.configs.has(path)) this.load(path);
    const config = this.configs.get(path);
    if (!config) throw new Error(`${path}.js did not call Component()`);
    const unit = new Unit(this.host, path, tag, { ...config.methods }, config.data);
    for (const [name, property] of Object.entries(config.properties ?? {})) {
      unit.data[name] = this.host.copy(defaultOf(property));
    }
    this.passed.set(unit, new Map());
    this.update(unit, attributes);
    unit.instance.properties = unit.data;
    unit.instance.dataset = {};
    unit.instance.triggerEvent = () => this.host.unplayed(`Component ${path}: triggerEvent`);
    return unit;
  }

  /** `created`, `attached` and `ready`. */
  start(unit: Unit): void {
    const config = this.configs.get(unit.path);
    if (!config) return;
    for (const stage of ['created', 'attached', 'ready']) this.lifetime(unit, config, stage);
  }

  /** Sets properties from the parent's rendering; a property that the parent left unchanged keeps its own value. */
  update(unit: Unit, attributes: Fields): void {
    const properties = this.configs.get(unit.path)?.properties ?? {};
    const passed = this.passed.get(unit);
    for (const name of Object.keys(properties)) {
      if (!passed || !(name in attributes)) continue;
      const json = JSON.stringify(attributes[name]) ?? '';
      if (passed.get(name) === json) continue;
      passed.set(name, json);
      unit.data[name] = this.host.copy(attributes[name]);
    }
  }

  detach(unit: Unit): void {
    const config = this.configs.get(unit.path);
    if (config) this.lifetime(unit, config, 'detached');
    unit.gone = true;
  }

  /** Calls `pageLifetimes.show` and `hide` of a component on a page. */
  pageLifetime(unit: Unit, stage: 'show' | 'hide'): void {
    const method = this.configs.get(unit.path)?.pageLifetimes?.[stage];
    if (method) this.host.guard(() => method.call(unit.instance));
  }

  private lifetime(unit: Unit, config: ComponentConfig, stage: string): void {
    const method = config.lifetimes?.[stage] ?? (config[stage] as Method | undefined);
    if (typeof method === 'function') this.host.guard(() => method.call(unit.instance));
  }
}
