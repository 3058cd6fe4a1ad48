package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Scorers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A benchmark as a team would run it, made up: 64 Portuguese questions on retail media and three subjects of unlike quality. */
final class RetailReport {

    private static final long SEED = 20_261_122;
    private static final double SECOND = 1e9;

    private static final List<String[]> FACTS = List.of(
            new String[] {
                "O que é uma clean room?",
                "Um ambiente em que varejista e marca cruzam dados sem que um veja os do outro.",
                "dados"
            },
            new String[] {
                "Qual é a janela padrão de atribuição de uma venda?",
                "14 dias depois do clique e 1 dia depois da impressão.",
                "medição"
            },
            new String[] {
                "Como se calcula o ROAS?",
                "A receita atribuída à campanha dividida pelo investimento em mídia.",
                "medição"
            },
            new String[] {"Qual é o lance mínimo de um produto patrocinado?", "R$ 0,15 por clique.", "preço"},
            new String[] {
                "Em quanto tempo uma campanha é aprovada?", "Em até 24 horas úteis depois do envio.", "operação"
            },
            new String[] {
                "Quais formatos de anúncio a rede oferece?",
                "Produto patrocinado, banner na vitrine, vídeo e tela na loja.",
                "formatos"
            },
            new String[] {
                "O que é share of shelf digital?", "A parte da primeira página de busca que uma marca ocupa.", "medição"
            },
            new String[] {
                "Quem pode ver os dados de um cliente?",
                "Só o varejista, que é o controlador dos dados pela LGPD.",
                "dados"
            },
            new String[] {
                "Como pausar uma campanha?",
                "No painel, em Campanhas, com o botão Pausar; vale em até 5 minutos.",
                "operação"
            },
            new String[] {"Qual é o tamanho do banner da vitrine?", "1200 por 300 pixels, com até 150 kB.", "formatos"},
            new String[] {
                "O que é um público semelhante?",
                "Clientes com hábitos de compra parecidos com os dos compradores da marca.",
                "dados"
            },
            new String[] {"Quando a fatura é fechada?", "No dia 5 de cada mês, com vencimento no dia 20.", "preço"},
            new String[] {
                "O que é incrementalidade?",
                "As vendas que não teriam ocorrido sem o anúncio, medidas contra um grupo de controle.",
                "medição"
            },
            new String[] {"Há desconto por volume?", "Sim, 8 % acima de R$ 50 mil por mês.", "preço"});

    private RetailReport() {}

    static BenchmarkReport create() {
        AtomicLong time = new AtomicLong();
        Random random = new Random(SEED);
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("Assistente de retail media, novembro", questions()))
                .subject(Subject.of("openai/gpt-4o-mini", question -> paid(question, random, time)))
                .subject(Subject.of("ollama/phi3:mini", question -> local(question, random, time)))
                .subject(Subject.of("hugging-face/llama-3.1-8b", question -> hosted(question, random, time)))
                .scorer(Scorers.tokenF1())
                .scorer(Scorers.trigramDice())
                .scorer(Scorers.refusal())
                .scorer(Scorers.sourceHit(5))
                .warmUp(0)
                .nanoTicker(time::get)
                .clock(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")))
                .build()
                .run());
    }

    private static List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        List<String> ways = List.of("%s", "Tenho uma dúvida: %s", "%s Responda em uma frase.", "Sou novo aqui. %s");
        for (int i = 0; i < 56; i++) {
            String[] fact = FACTS.get(i % FACTS.size());
            String source = "manual-" + (i % FACTS.size() + 1) + ".pdf";
            questions.add(
                    Question.builder("rm-" + (i + 1), ways.get(i / FACTS.size()).formatted(fact[0]))
                            .references(List.of(fact[1]))
                            .sources(List.of(source))
                            .context(source + ": " + fact[1] + " Vale para todas as lojas da rede no Brasil.")
                            .tags(List.of(fact[2]))
                            .build());
        }
        for (int i = 0; i < 8; i++) {
            questions.add(Question.builder("fora-" + (i + 1), "Qual foi o faturamento da rede em " + (2031 + i) + "?")
                    .tags(List.of("fora do escopo"))
                    .build());
        }
        return questions;
    }

    private static Answer paid(Question question, Random random, AtomicLong time) {
        time.addAndGet((long) (SECOND * 1.4 * Math.exp(.45 * random.nextGaussian())));
        String text = say(question, random, .82, "Não encontrei essa informação no contexto.");
        return answer(question, text)
                .tokens(TokenCounts.of(620, text.length() / 3))
                .cost(TokenPrice.usdPerMillionTokens("0.15", "0.60").costOf(620, text.length() / 3))
                .build();
    }

    private static Answer local(Question question, Random random, AtomicLong time) {
        time.addAndGet((long) (SECOND * 21 * Math.exp(.6 * random.nextGaussian())));
        if (random.nextInt(16) == 0) {
            throw new IllegalStateException("no answer within 60 s");
        }
        String text = say(question, random, .45, "O faturamento foi de R$ 3,2 bilhões.");
        return answer(question, text)
                .tokens(TokenCounts.of(640, text.length() / 3))
                .cost(TokenPrice.free().costOf(640, text.length() / 3))
                .finish(random.nextInt(20) == 0 ? Answer.Finish.CUT_OFF : Answer.Finish.COMPLETE)
                .build();
    }

    private static Answer hosted(Question question, Random random, AtomicLong time) {
        time.addAndGet((long) (SECOND * 3.1 * Math.exp(.5 * random.nextGaussian())));
        return answer(question, say(question, random, .78, "Não sei dizer.")).build();
    }

    private static Answer.Builder answer(Question question, String text) {
        return Answer.builder(text).finish(Answer.Finish.COMPLETE).sources(question.sources());
    }

    /** The reference in other words, and now and then something else. */
    private static String say(Question question, Random random, double right, String unknown) {
        if (!question.isAnswerable()) {
            return random.nextDouble() < right ? unknown : "O faturamento foi de R$ 2,7 bilhões naquele ano.";
        }
        String reference = question.references().get(0);
        if (random.nextDouble() > right) {
            String[] other = FACTS.get(random.nextInt(FACTS.size()));
            return "Segundo o manual da rede: " + other[1].replace("14", "30").replace("0,15", "0,25");
        }
        List<String> ways = List.of(
                "%s",
                "De acordo com o manual, %s",
                "%s Posso ajudar em algo mais?",
                "Claro! %s Isso vale para todas as lojas.");
        return ways.get(random.nextInt(ways.size())).formatted(reference);
    }
}
