import type { Graph, Node } from './graph.ts';

export type Uses = {
  /** The nodes that take a value. */
  of(value: string): readonly Node[];
  /** The node that alone takes a value; null when there are more, or when the network answers with it. */
  only(value: string | undefined): Node | null;
};

export function usesIn(graph: Graph): Uses {
  const takers = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const input of new Set(node.inputs)) takers.set(input, [...(takers.get(input) ?? []), node]);
  const usersOf = (value: string) => takers.get(value) ?? [];
  return {
    of: usersOf,
    only(value) {
      if (value === undefined || graph.outputs.includes(value)) return null;
      const [first, ...others] = usersOf(value);
      return first && others.length === 0 ? first : null;
    },
  };
}
