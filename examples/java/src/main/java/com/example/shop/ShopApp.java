package com.example.shop;

import io.github.cdkwebhooks.processing.AmountThresholds;
import io.github.cdkwebhooks.processing.ArchiveLifecycle;
import io.github.cdkwebhooks.processing.CurrencyThresholds;
import io.github.cdkwebhooks.processing.FraudRule;
import io.github.cdkwebhooks.processing.HandlerCode;
import io.github.cdkwebhooks.processing.NewCustomerAboveProps;
import io.github.cdkwebhooks.processing.OutsideHoursProps;
import io.github.cdkwebhooks.processing.StripeProviderProps;
import io.github.cdkwebhooks.processing.WebhookProcessingSystem;
import io.github.cdkwebhooks.processing.WebhookProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.OnEventOptions;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.Queue;

public final class ShopApp {
    public static void main(final String[] args) {
        final App app = new App();
        // The suffix separates environments in one account. `npx cdk deploy -c environment=prod` overrides the value in cdk.json.
        final String environment = (String) app.getNode().getContext("environment");
        final boolean isProduction = environment.equals("prod");
        final Stack stack = new Stack(app, "Shop-" + environment);

        // Alarms are for the people who operate the system, alerts are for the people who decide about payments.
        final Topic onCall = new Topic(stack, "OnCall");
        onCall.addSubscription(new EmailSubscription("on-call@example.com"));

        // Customers of this shop seldom begin with a large order.
        final List<FraudRule> rules = new ArrayList<>(FraudRule.defaults());
        rules.add(FraudRule.newCustomerAbove(NewCustomerAboveProps.builder()
            .timesHigh(2)
            .age(Duration.days(30))
            .score(15)
            .build()));
        // Fraudsters often pay at night. Shadow rules are only counted: move this rule to `rules` when the numbers convince you.
        final List<FraudRule> shadowRules = new ArrayList<>(rules);
        shadowRules.add(FraudRule.outsideHours(OutsideHoursProps.builder()
            .startHour(7)
            .endHour(23)
            .timeZone("Europe/Berlin")
            .score(10)
            .build()));

        final WebhookProcessingSystem payments = WebhookProcessingSystem.Builder.create(stack, "Payments")
            .environmentSuffix(environment)
            .providers(List.of(
                // The checkout writes the cart to Stripe's metadata, and the events carry it to the shop.
                WebhookProvider.stripe(StripeProviderProps.builder().metadataKeys(List.of("cart")).build()),
                WebhookProvider.adyen()))
            // Amounts are in major units of every currency, so 5,000 would be a small payment in yen.
            .thresholds(AmountThresholds.builder()
                .medium(500)
                .high(5_000)
                .currencies(Map.of("JPY", CurrencyThresholds.builder().medium(80_000).high(800_000).build()))
                .build())
            .fraudRules(rules)
            .shadowFraudRules(shadowRules)
            .alertEmails(List.of("payments@example.com"))
            .alarmTopic(onCall)
            // A year of history for auditors, with three months immediately available.
            .archiveLifecycle(ArchiveLifecycle.builder()
                .glacierAfter(Duration.days(93))
                .expireAfter(Duration.days(366))
                .build())
            // The table keeps what fraud rules and customer service use. The archive has the rest.
            .transactionRetention(Duration.days(180))
            // Zip files need no Docker to deploy.
            .handlerCode(HandlerCode.zip())
            .removalPolicy(isProduction ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY)
            .tags(Map.of("service", "payments", "environment", environment))
            .build();

        // A verdict stops nothing by itself: the shop reads this queue and holds the orders of blocked payments.
        final Queue ordersToHold = Queue.Builder.create(stack, "OrdersToHold")
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
        payments.onTransactionBlocked("HoldOrder", OnEventOptions.builder()
            .target(SqsQueue.Builder.create(ordersToHold)
                .message(RuleTargetInput.fromEventPath("$.detail"))
                .deadLetterQueue(payments.getDeadLetterQueue())
                .build())
            .build());

        app.synth();
    }
}
