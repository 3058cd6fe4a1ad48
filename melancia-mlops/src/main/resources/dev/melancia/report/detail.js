// One question: the answers of all subjects side by side.
let current = -1, marking = null;

const hashOf = question => '#q=' + encodeURIComponent(data.questions.id[question]);
const dialog = () => byId('detail');

function openQuestion(question) {
  setHash(hashOf(question));
  show(question);
}

/** Without an entry in the history for each question that is leafed through. */
function setHash(hash) {
  try { history.replaceState(null, '', hash); } catch (denied) { /* a frame without an address of its own */ }
}

function followHash() {
  if (!location.hash.startsWith('#q=')) return;
  let id = location.hash.slice(3);
  try { id = decodeURIComponent(id); } catch (malformed) { /* taken as it is */ }
  const question = data.questions.id.indexOf(id);
  if (question >= 0) show(question);
}

/** The questions to leaf through: those of the list, or all when this one is not among them. */
function sequence() {
  return view.includes(current) ? view : data.questions.id.map((_, question) => question);
}

function step(by) {
  const all = sequence(), next = all[all.indexOf(current) + by];
  if (next !== undefined) openQuestion(next);
}

function show(question) {
  current = question;
  const all = sequence(), at = all.indexOf(question);
  byId('where').textContent = words.where.replace('{0}', number(at + 1, 0)).replace('{1}', number(all.length, 0)) + ' · ' + data.questions.id[question];
  byId('previous').disabled = at === 0;
  byId('next').disabled = at === all.length - 1;
  byId('body').replaceChildren(el('h2', { dir: 'auto' }, text(data.questions.text[question])), known(question), ...context(question),
    legend(), el('div', { class: 'answers' }, data.subjects.flatMap((_, subject) =>
      rowsOf(question).filter(row => asked(subject, row)).map(row => answer(question, subject, row)))));
  if (!dialog().open) dialog().showModal();
  dialog().scrollTop = 0;
}

function known(question) {
  const asked = data.questions, parts = [];
  const part = (label, value) => { if (value) parts.push(el('dt', {}, label), el('dd', { dir: 'auto' }, value)); };
  part(words.reference, asked.references[question].map(text).join('\n') || (asked.refuse[question] ? words.mustRefuse : ''));
  part(words.expected, asked.sources[question].map(text).join(' · '));
  part(words.tags, asked.tags[question].map(tag => data.tags[tag]).join(' · '));
  const talk = asked.conversation[question];
  if (talk >= 0) {
    const turns = asked.id.map((_, q) => q).filter(q => asked.conversation[q] === talk);
    part(words.conversation, text(talk) + ' · ' + words.turn.replace('{0}', turns.indexOf(question) + 1).replace('{1}', turns.length));
    const earlier = turns.slice(0, turns.indexOf(question)).map(q => el('a', { href: hashOf(q) }, text(asked.text[q])));
    if (earlier.length) parts.push(el('dt', {}, words.earlier), el('dd', {}, earlier.map((link, i) => [i ? ' · ' : '', link]).flat()));
  }
  return el('dl', { class: 'known' }, parts);
}

const fold = (label, ...children) => el('details', {}, el('summary', {}, label), ...children);
const paragraph = index => el('p', { class: 'text', dir: 'auto' }, text(index));

function context(question) {
  const index = data.questions.context[question];
  return index < 0 ? [] : [fold(words.context, paragraph(index))];
}

function legend() {
  const modes = [['only', words.markOnly], ['shared', words.markShared], ['', words.markNone]]
    .filter(([mode]) => mode !== 'only' || subjectCount() > 1);
  if (marking === null) marking = modes[0][0];
  return el('p', { class: 'legend' }, words.mark, ...modes.map(([mode, label]) => el('button', {
    type: 'button', class: 'button', 'aria-pressed': String(mode === marking),
    click: () => { marking = mode; show(current); } }, label)));
}

const WORD = /[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu;
const wordsIn = texts => new Set(texts.flatMap(one => plain(one).match(WORD) || []));
const telling = word => word.length > 3 || /\p{N}/u.test(word) || word === 'nao' || word === 'not';

/** The answer with the words marked that no other subject used, or that the reference has too. */
function marked(question, subject, row) {
  const said = text(data.answers[subject].text[row]);
  if (marking === '') return [said];
  const others = data.answers.flatMap((answers, i) => i === subject ? [] : rowsOf(question).map(r => text(answers.text[r])));
  const base = wordsIn(marking === 'only' ? others : data.questions.references[question].map(text));
  if (base.size === 0) return [said];
  const parts = [];
  let end = 0;
  for (const match of said.matchAll(WORD)) {
    const word = plain(match[0]);
    if (!telling(word) || base.has(word) !== (marking === 'shared')) continue;
    parts.push(said.slice(end, match.index), el('mark', { class: marking }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, said.slice(end)];
}

function answer(question, subject, row) {
  const answers = data.answers[subject], failure = answers.error[row];
  const title = data.subjects[subject] + (data.repeats > 1 ? ' · ' + words.repeat.replace('{0}', row % data.repeats + 1) : '');
  const card = el('section', { class: 'answer c' + subject % 6 }, el('h3', {}, badge(subject), el('span', {}, title)));
  if (failure >= 0) {
    card.append(el('p', { class: 'said error' }, '✗ ' + words.failed + ': ' + text(failure)));
  } else {
    const said = marked(question, subject, row);
    card.append(el('p', { class: 'said', dir: 'auto' }, text(answers.text[row]) === '' ? el('span', { class: 'soft' }, words.empty) : said));
    card.append(el('ul', { class: 'scores' }, data.metrics.map((metric, i) => scoreLine(metric, i, subject, row))));
  }
  card.append(...evidence(question, answers, row));
  return card;
}

function scoreLine(metric, index, subject, row) {
  const column = data.answers[subject].values[index];
  const value = column ? column[row] : null;
  if (value === null || value === undefined) return null;
  const name = el('span', {}, metric.label);
  if (typeof value === 'number') return el('li', {}, name, el('b', {}, figure(value, metric.unit)));
  const [kind, reason] = value;
  return el('li', {}, name, el('b', { class: kind ? 'error' : 'none' }, (kind ? words.scorerFailed : words.notApplicable) + ': ' + text(reason)));
}

/** Sources, passages, and how the call went. */
function evidence(question, answers, row) {
  const parts = [], expected = new Set(data.questions.sources[question]);
  const sources = answers.sources && answers.sources[row], passages = answers.passages && answers.passages[row];
  if (sources) {
    const names = sources.map(source => (expected.has(source) ? '✓ ' : '') + text(source)).join(' · ');
    parts.push(el('h4', {}, words.sources), el('p', { class: 'facts', dir: 'auto' }, names || words.none));
  }
  if (passages && passages.length) parts.push(fold(words.passages + ' (' + passages.length + ')', ...passages.map(paragraph)));
  const facts = [answers.model && answers.model[row] >= 0 ? words.answeredBy + ' ' + text(answers.model[row]) : '',
    answers.finish ? words.finish[answers.finish[row]] || '' : ''].filter(fact => fact !== '');
  if (facts.length) parts.push(el('p', { class: 'facts' }, facts.join(' · ')));
  return parts;
}

function detail() {
  byId('previous').addEventListener('click', () => step(-1));
  byId('next').addEventListener('click', () => step(1));
  byId('close').addEventListener('click', () => dialog().close());
  dialog().addEventListener('close', () => setHash('#questions'));
  dialog().addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowRight' || event.key === 'j') step(1);
    if (event.key === 'ArrowLeft' || event.key === 'k') step(-1);
  });
  addEventListener('hashchange', followHash);
}

sortableTables();
load().then(loaded => {
  data = loaded;
  words = data.words;
  tools();
  refresh();
  detail();
  calculator();
  byId('explorer').hidden = false;
  byId('loading').hidden = true;
  followHash();
}).catch(error => {
  byId('loading').textContent = byId('loading').dataset.failed + ' (' + error.message + ')';
});
