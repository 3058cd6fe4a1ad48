// The list of questions: filter, search, sort, pages.
const PAGE = 50;
const state = { metric: 0, tag: '', show: '', search: '', sort: 'order', down: false, page: 0 };
let data, words, view = [], means = [], haystack = null;

const subjectCount = () => data.subjects.length;
const questionCount = () => data.questions.id.length;
const text = index => index < 0 ? '' : data.texts[index];
const badge = subject => el('span', { class: 'badge c' + subject % 6 }, data.letters[subject]);

/** Rows of a question in a subject's columns: one a repeat. */
const rowsOf = question => Array.from({ length: data.repeats }, (_, repeat) => question * data.repeats + repeat);
const failed = (subject, row) => data.answers[subject].error[row] >= 0;
const asked = (subject, row) => data.answers[subject].text[row] >= 0 || failed(subject, row);
const valueAt = (metric, subject, row) => {
  const column = data.answers[subject].values[metric];
  const value = column ? column[row] : null;
  return typeof value === 'number' ? value : NaN;
};

/** Mean over the repeats of each question, by metric and subject; made once, when first asked for. */
function meanOf(metric, subject) {
  const all = means[metric] || (means[metric] = []);
  if (!all[subject]) {
    all[subject] = Float64Array.from({ length: questionCount() }, (_, question) => {
      const values = rowsOf(question).map(row => valueAt(metric, subject, row)).filter(value => !Number.isNaN(value));
      return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN;
    });
  }
  return all[subject];
}

function spread(question) {
  let low = Infinity, high = -Infinity;
  for (let subject = 0; subject < subjectCount(); subject++) {
    const value = meanOf(state.metric, subject)[question];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high >= low ? high - low : NaN;
}

const failures = question => data.subjects.reduce(
    (sum, _, subject) => sum + rowsOf(question).filter(row => failed(subject, row)).length, 0);

function columns() {
  const subjects = data.subjects.map((name, subject) => ({
    key: 's' + subject, label: name, subject, value: question => meanOf(state.metric, subject)[question] }));
  const list = [
    { key: 'id', label: words.id, value: question => data.questions.id[question] },
    { key: 'text', label: words.question, value: question => text(data.questions.text[question]) },
    ...subjects];
  if (subjects.length > 1) list.push({ key: 'spread', label: words.spread, value: spread });
  return list;
}

function matches(question) {
  if (state.tag !== '' && !data.questions.tags[question].includes(Number(state.tag))) return false;
  if (state.show === 'failed' && failures(question) === 0) return false;
  if (state.show === 'differ' && !(spread(question) > 0)) return false;
  if (state.show === 'refuse' && !data.questions.refuse[question]) return false;
  return state.search === '' || found(question);
}

/** Everything said about a question, ready to be searched; made at the first search. */
function found(question) {
  if (haystack === null) {
    haystack = data.questions.id.map((id, q) => plain([id, text(data.questions.text[q]),
      ...data.answers.flatMap(answers => rowsOf(q).map(row => text(answers.text[row]) + text(answers.error[row])))].join('\n')));
  }
  return haystack[question].includes(state.search);
}

function refresh() {
  const questions = Array.from({ length: questionCount() }, (_, question) => question).filter(matches);
  const column = columns().find(one => one.key === state.sort);
  if (column) {
    const keys = new Map(questions.map(question => [question, column.value(question)]));
    questions.sort((a, b) => compare(keys.get(a), keys.get(b), state.down) || a - b);
  }
  view = questions;
  state.page = Math.min(state.page, Math.max(0, Math.ceil(view.length / PAGE) - 1));
  render();
}

function render() {
  const list = columns();
  const head = list.map(column => el('th', { scope: 'col' },
    column.subject === undefined ? '' : badge(column.subject), column.subject === undefined ? column.label : ' ' + column.label));
  sortableHead(head, (column, down) => order(list[column].key, down));
  showSorted(head, list.findIndex(column => column.key === state.sort), state.down);
  const rows = view.slice(state.page * PAGE, (state.page + 1) * PAGE).map(question => rowFor(question, list));
  const focused = [...byId('list').querySelectorAll('thead button')].indexOf(document.activeElement);
  byId('list').replaceChildren(el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows));
  if (focused >= 0) byId('list').querySelectorAll('thead button')[focused].focus();
  byId('found').textContent = words.found.replace('{0}', number(view.length, 0)).replace('{1}', number(questionCount(), 0));
  const pages = Math.max(1, Math.ceil(view.length / PAGE));
  byId('page').textContent = words.page.replace('{0}', number(state.page + 1, 0)).replace('{1}', number(pages, 0));
  byId('back').disabled = state.page === 0;
  byId('on').disabled = state.page >= pages - 1;
  byId('sort').value = list.some(column => column.key === state.sort) ? state.sort + (state.down ? '-' : '') : 'order';
}

function rowFor(question, list) {
  const cells = list.map(column => column.key === 'id'
    ? el('td', { class: 'id', 'data-label': column.label }, data.questions.id[question])
    : column.key === 'text' ? questionCell(question)
      : scoreCell(question, column));
  return el('tr', { click: event => { if (!event.target.closest('a')) openQuestion(question); } }, cells);
}

function questionCell(question) {
  return el('th', { scope: 'row' },
    el('a', { href: hashOf(question), dir: 'auto' }, text(data.questions.text[question])),
    el('div', {}, data.questions.tags[question].map(tag => el('span', { class: 'tag' }, data.tags[tag])),
      data.questions.refuse[question] ? el('span', { class: 'tag' }, words.refuse) : ''));
}

function scoreCell(question, column) {
  const metric = data.metrics[state.metric], value = column.value(question);
  const cell = el('td', { class: 'score c' + (column.subject || 0) % 6, 'data-label': column.label });
  const broken = column.subject === undefined ? 0 : rowsOf(question).filter(row => failed(column.subject, row)).length;
  if (broken) cell.append(el('span', { class: 'error' }, '✗ ' + words.failed + (data.repeats > 1 ? ' ' + broken + '/' + data.repeats : '')));
  else if (Number.isNaN(value)) cell.append(el('span', { class: 'soft' }, '–'));
  if (Number.isNaN(value)) return cell;
  cell.append(broken ? ' ' : '', el('b', {}, figure(value, metric.unit)));
  if (column.subject !== undefined && metric.unit === '') {
    const fill = el('i');
    fill.style.width = 100 * Math.min(1, Math.max(0, (value - metric.low) / (metric.high - metric.low))) + '%';
    cell.append(el('span', { class: 'meter', 'aria-hidden': 'true' }, fill));
  }
  return cell;
}

function order(sort, down) {
  Object.assign(state, { sort, down, page: 0 });
  refresh();
}

function options(select, entries) {
  byId(select).replaceChildren(...entries.map(([value, label]) => el('option', { value }, label)));
}

function tools() {
  const on = (id, event, change) => byId(id).addEventListener(event, () => {
    change(byId(id).value);
    state.page = 0;
    refresh();
  });
  options('metric', data.metrics.map((metric, i) => [i, metric.label]));
  options('tag', [['', words.all], ...data.tags.map((tag, i) => [i, tag])]);
  options('show', [['', words.all], ['failed', words.withFailures], ['differ', words.differ], ['refuse', words.refuse]]);
  options('sort', [['order', words.order], ...columns().flatMap(column =>
    [[column.key, column.label + ' ↑'], [column.key + '-', column.label + ' ↓']])]);
  on('metric', 'change', value => { state.metric = Number(value); });
  on('tag', 'change', value => { state.tag = value; });
  on('show', 'change', value => { state.show = value; });
  on('sort', 'change', value => Object.assign(state, { sort: value.replace('-', ''), down: value.endsWith('-') }));
  let waiting = 0;
  byId('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { Object.assign(state, { search: plain(byId('search').value.trim()), page: 0 }); refresh(); }, 120);
  });
  byId('disagreement').addEventListener('click', () => order('spread', true));
  byId('disagreement').hidden = subjectCount() < 2;
  const turn = step => { state.page += step; render(); byId('questions').scrollIntoView(); };
  byId('back').addEventListener('click', () => turn(-1));
  byId('on').addEventListener('click', () => turn(1));
}
