/** Sources of each node; nodes that are nobody's key have none. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>;

export type DependencyOrder =
  | { readonly ok: true; readonly order: readonly string[] }
  | { readonly ok: false; readonly cycle: readonly string[] };

/** Nodes with every source before its users, otherwise in the order given; or one cycle, first node repeated at its end. */
export const dependencyOrder = (graph: DependencyGraph): DependencyOrder => {
  const order: string[] = [];
  const done = new Set<string>();
  const path = new Set<string>();

  const visit = (node: string): readonly string[] | undefined => {
    if (done.has(node)) return undefined;
    if (path.has(node)) {
      const trail = [...path];
      return [...trail.slice(trail.indexOf(node)), node];
    }
    path.add(node);
    for (const source of graph.get(node) ?? []) {
      const cycle = visit(source);
      if (cycle !== undefined) return cycle;
    }
    path.delete(node);
    done.add(node);
    order.push(node);
    return undefined;
  };

  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle !== undefined) return { ok: false, cycle };
  }
  return { ok: true, order };
};
