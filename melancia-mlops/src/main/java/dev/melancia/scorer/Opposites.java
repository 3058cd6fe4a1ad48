package dev.melancia.scorer;

import dev.melancia.text.PortugueseStemmer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Common Portuguese words that exclude each other where one stands in the other's place. */
final class Opposites {

    private static final String PAIRS = "minimo maximo,minima maxima,antes depois,anterior posterior,maior menor,"
            + "superior inferior,acima abaixo,mais menos,aumento reducao,aumentar reduzir,aprovado reprovado,"
            + "aprovar rejeitar,aceito recusado,permitido proibido,permitir proibir,permitido vedado,obrigatorio optativo,"
            + "obrigatorio facultativo,obrigatorio opcional,parcial total,parcial integral,presencial distancia,"
            + "presencial remoto,publico privado,interno externo,inicio fim,inicial final,inicio termino,"
            + "primeiro ultimo,sempre nunca,sim nao,todo nenhum,aberto fechado,ativo inativo,verdadeiro falso,"
            + "certo errado,com sem,entrada saida,compra venda,comprar vender,ganho perda,lucro prejuizo,"
            + "gratuito pago,alto baixo,rapido lento,novo antigo,antigo recente,quente frio,claro escuro,"
            + "direita esquerda,norte sul,leste oeste,dia noite,diurno noturno,diario mensal,mensal anual,diario anual,"
            + "semanal mensal,semanal diario,semestral anual,semestre ano,dia mes,mes ano,dia ano,semana mes,hora dia,"
            + "hora minuto,individual coletivo,simples composto,masculino feminino,homem mulher,credito debito,"
            + "ativar desativar,incluir excluir,inclusao exclusao,manter extinguir,titular suplente,teorico pratico,"
            + "provisorio definitivo,temporario permanente,nacional internacional,urbano rural,positivo negativo";

    private static final Map<String, Set<String>> OPPOSITES = opposites();

    private Opposites() {}

    /** Whether two words, or two stems, are opposites. */
    static boolean are(String one, String other) {
        return OPPOSITES.getOrDefault(one, Set.of()).contains(other);
    }

    private static Map<String, Set<String>> opposites() {
        Map<String, Set<String>> opposites = new HashMap<>();
        for (String pair : PAIRS.split(",", -1)) {
            int space = pair.indexOf(' ');
            String one = pair.substring(0, space);
            String other = pair.substring(space + 1);
            add(opposites, one, other);
            add(opposites, PortugueseStemmer.stem(one), PortugueseStemmer.stem(other));
        }
        return opposites;
    }

    private static void add(Map<String, Set<String>> opposites, String one, String other) {
        opposites.computeIfAbsent(one, unused -> new HashSet<>()).add(other);
        opposites.computeIfAbsent(other, unused -> new HashSet<>()).add(one);
    }
}
