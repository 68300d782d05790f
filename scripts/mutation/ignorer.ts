import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The part of a babel node that is used here. */
interface Node {
  type: string;
  name?: string;
  callee?: Node;
  object?: Node;
  property?: Node;
  arguments?: Node[];
}

interface NodePath {
  node: Node;
  parent?: Node;
}

const TEXTS = ['StringLiteral', 'TemplateLiteral'];

/** Calls that write their texts into the journal. */
const JOURNAL = ['journal.record', 'machine.enter'];

/** Why a node is not mutated. docs/reliability.md gives the reasons; a name that is not in this list is mutated. */
function shouldIgnore({ node, parent }: NodePath): string | undefined {
  if (!parent) return undefined;
  const isArgument = parent.arguments?.includes(node) === true;
  if (!isArgument) return undefined;
  const { callee } = parent;
  if (TEXTS.includes(node.type)) {
    if (parent.type === 'NewExpression' && callee?.name?.endsWith('Error'))
      return 'text of an error';
    if (callee?.object?.name === 'ConnectionError' && callee.property?.name === 'cancelled')
      return 'text of an error';
    const owner = callee?.object?.property?.name ?? callee?.object?.name;
    if (JOURNAL.includes(`${owner}.${callee?.property?.name}`)) return 'text of the journal';
  }
  if (callee?.name === 'makeObservable') return 'annotations of MobX';
  return undefined;
}

// ts-unused-exports:disable-next-line
export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', { shouldIgnore })];
