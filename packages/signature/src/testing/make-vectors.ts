/** Writes vectors/cms afresh, with new random keys that are not kept. Run by hand: node src/testing/make-vectors.ts */
import { addAlgorithmCases } from './vectors/algorithm-cases.ts';
import { createScene, openVectors } from './vectors/scene.ts';
import { addSignerCases } from './vectors/signer-cases.ts';
import { addStructureCases } from './vectors/structure-cases.ts';
import { addTimeCases } from './vectors/time-cases.ts';

const scene = await createScene();
const vectors = openVectors(scene);
await addSignerCases(scene, vectors);
await addStructureCases(scene, vectors);
await addAlgorithmCases(scene, vectors);
await addTimeCases(scene, vectors);
vectors.close();
