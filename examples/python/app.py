#!/usr/bin/env python3
from aws_cdk import App, Duration, RemovalPolicy, Stack
from aws_cdk.aws_events import RuleTargetInput
from aws_cdk.aws_events_targets import SqsQueue
from aws_cdk.aws_sns import Topic
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from aws_cdk.aws_sqs import Queue
from cdk_webhook_processing_system import (
    AmountThresholds,
    ArchiveLifecycle,
    CurrencyThresholds,
    FraudRule,
    HandlerCode,
    WebhookProcessingSystem,
    WebhookProvider,
)

app = App()
# The suffix separates environments in one account. `npx cdk deploy -c environment=prod` overrides the value in cdk.json.
environment = app.node.get_context("environment")
is_production = environment == "prod"
stack = Stack(app, f"Shop-{environment}")

# Alarms are for the people who operate the system, alerts are for the people who decide about payments.
on_call = Topic(stack, "OnCall")
on_call.add_subscription(EmailSubscription("on-call@example.com"))

# Fraudsters often pay at night. Shadow rules are only counted: move this rule to `fraud_rules` when the numbers convince you.
at_night = FraudRule.outside_hours(start_hour=7, end_hour=23, time_zone="Europe/Berlin", score=10)
# Customers of this shop seldom begin with a large order.
large_first_order = FraudRule.new_customer_above(times_high=2, age=Duration.days(30), score=15)

payments = WebhookProcessingSystem(
    stack,
    "Payments",
    environment_suffix=environment,
    providers=[
        # The checkout writes the cart to Stripe's metadata, and the events carry it to the shop.
        WebhookProvider.stripe(metadata_keys=["cart"]),
        WebhookProvider.adyen(),
    ],
    # Amounts are in major units of every currency, so 5,000 would be a small payment in yen.
    thresholds=AmountThresholds(
        medium=500,
        high=5_000,
        currencies={"JPY": CurrencyThresholds(medium=80_000, high=800_000)},
    ),
    fraud_rules=[*FraudRule.defaults(), large_first_order],
    shadow_fraud_rules=[*FraudRule.defaults(), large_first_order, at_night],
    alert_emails=["payments@example.com"],
    alarm_topic=on_call,
    # A year of history for auditors, with three months immediately available.
    archive_lifecycle=ArchiveLifecycle(glacier_after=Duration.days(93), expire_after=Duration.days(366)),
    # The table keeps what fraud rules and customer service use. The archive has the rest.
    transaction_retention=Duration.days(180),
    # Zip files need no Docker to deploy.
    handler_code=HandlerCode.zip(),
    removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if is_production else RemovalPolicy.DESTROY,
    tags={"service": "payments", "environment": environment},
)

# A verdict stops nothing by itself: the shop reads this queue and holds the orders of blocked payments.
orders_to_hold = Queue(stack, "OrdersToHold", enforce_ssl=True, retention_period=Duration.days(14))
payments.on_transaction_blocked(
    "HoldOrder",
    target=SqsQueue(
        orders_to_hold,
        message=RuleTargetInput.from_event_path("$.detail"),
        dead_letter_queue=payments.dead_letter_queue,
    ),
)

app.synth()
